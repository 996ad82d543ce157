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
      name: 'training-names-no-scheme-or-model',
      comment: 'training/ sees the seams only: embedding/scheme.ts and models/model.ts.',
      severity: 'error',
      from: { path: '^src/training/' },
      to: { path: '^src/(embedding|models)/', pathNot: '^src/(embedding/scheme|models/model)\\.ts$' },
    },
    {
      name: 'only-experiment-names-a-backend',
      comment:
        'training/, models/ and embedding/ use operations through engine/engine.ts and their contracts.',
      severity: 'error',
      from: { path: '^src/(training|models|embedding)/' },
      to: { path: '^src/engine/(cpu/|webgpu/|backends|[^/]+/(reference|webgpu))' },
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
