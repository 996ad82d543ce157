/**
 * The import rules of the house: imports run only downwards in this list, and a few seams
 * never name what is plugged into them.
 */
const LAYERS = [
  'ui',
  'store',
  'worker',
  'cli',
  'experiment',
  'training',
  'embedding',
  'models',
  'engine',
  'data',
  'export',
];

const upwards = LAYERS.slice(1).map((layer, index) => ({
  name: `${layer}-imports-only-downwards`,
  comment: `${layer}/ must not know ${LAYERS.slice(0, index + 1).join(', ')}.`,
  severity: 'error',
  from: { path: `^src/${layer}/` },
  to: { path: `^src/(${LAYERS.slice(0, index + 1).join('|')})/` },
}));

module.exports = {
  forbidden: [
    ...upwards,
    {
      name: 'no-circular',
      comment: 'A cycle means that two files are one noun.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'ui-reaches-the-worker-through-the-store',
      comment: 'Only store/ talks to the worker; ui/ sees the protocol.',
      severity: 'error',
      from: { path: '^src/ui/' },
      to: { path: '^src/(worker/(?!protocol)|training|embedding|engine)/?' },
    },
    {
      name: 'worker-and-cli-are-siblings',
      comment: 'Both drive experiment/; neither drives the other.',
      severity: 'error',
      from: { path: '^src/(worker|store|ui)/' },
      to: { path: '^src/cli/' },
    },
    {
      name: 'training-names-no-scheme-model-or-backend',
      comment: 'training/ sees the seams only: embedding/scheme.ts, models/model.ts, engine/engine.ts.',
      severity: 'error',
      from: { path: '^src/training/' },
      to: {
        path: '^src/(embedding|models|engine)/',
        pathNot: '^src/(embedding/scheme|models/model|engine/engine|engine/[^/]+/contract)\\.ts$',
      },
    },
    {
      name: 'models-and-schemes-name-no-backend',
      comment: 'models/ and embedding/ use operations through engine/engine.ts and their contracts.',
      severity: 'error',
      from: { path: '^src/(models|embedding)/' },
      to: { path: '^src/engine/', pathNot: '^src/engine/(engine|[^/]+/contract)\\.ts$' },
    },
    {
      name: 'only-the-engine-knows-tfjs',
      comment: 'tfjs is frozen: keep it behind engine/ and the dense models.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(engine|models)/' },
      to: { path: '@tensorflow' },
    },
    {
      name: 'no-orphans',
      comment: 'What nothing imports is not used.',
      severity: 'error',
      from: { orphan: true, pathNot: '\\.d\\.ts$' },
      to: {},
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'browser', 'default'] },
  },
};
