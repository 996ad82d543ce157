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

/** What others may know of a folder of engine/: what an operation is, and what its result says. */
const OPERATION_FACE = '^src/engine/[^/]+/(contract|summary)\\.ts$';

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
      comment: 'A cycle, of types alone too, means that two files are one noun.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'ui-reaches-the-worker-through-the-store',
      comment:
        'Only store/ talks to the worker; ui/ sees the protocol, and of the schemes no more than their catalogue.',
      severity: 'error',
      from: { path: '^src/ui/' },
      to: { path: '^src/(worker/(?!protocol)|training/|embedding/(?!catalogue)|engine/)' },
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
      name: 'only-programs-start-an-engine',
      comment: 'Only the worker and the command line choose a backend; all others are handed an engine.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(worker|cli|engine)/' },
      to: { path: '^src/engine/backends\\.ts$' },
    },
    {
      name: 'only-the-engine-names-a-backend',
      comment:
        'In a folder of engine/ only contract.ts and summary.ts are for others; the rest belongs to backends.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/engine/' },
      to: { path: '^src/engine/[^/]+/', pathNot: OPERATION_FACE },
    },
    {
      name: 'the-seam-of-the-engine-names-no-backend',
      comment: 'What others see of the engine knows nothing of what is behind it; backends.ts alone chooses.',
      severity: 'error',
      from: { path: ['^src/engine/[^/]+\\.ts$', OPERATION_FACE], pathNot: '^src/engine/backends\\.ts$' },
      to: { path: ['^src/engine/[^/]+/', '^src/engine/backends\\.ts$'], pathNot: OPERATION_FACE },
    },
    {
      name: 'only-dense-layers-know-tfjs',
      comment:
        'tfjs is frozen: it stays behind its bridges, the WebGPU engine on its device and the dense models.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(engine/(tfjs|webgpu)|models)/' },
      to: { path: '@tensorflow' },
    },
    {
      name: 'the-page-knows-no-gallery',
      comment: 'The gallery is for development: what the page imports would be in the build.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/ui/gallery/' },
      to: { path: '^src/ui/gallery/' },
    },
    {
      name: 'set-up-stands-alone',
      comment: 'setup/ brings the packages and builds the rest: it runs before there is anything to import.',
      severity: 'error',
      from: { path: '^src/setup/' },
      to: { path: '^src/(?!setup/)' },
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
