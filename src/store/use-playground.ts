/** The page's one store and the React hooks that read it. */
import { createContext, useContext, useMemo } from 'react';
import { useStore } from 'zustand';
import { startTrainer } from '../worker/client';
import { type ParsedDraft, parseDraft } from './draft';
import {
  createPlaygroundStore,
  type PlaygroundActions,
  type PlaygroundState,
  trainingSize,
} from './playground';

export const playground = createPlaygroundStore(startTrainer);

/** What the parts of the page read. Another store stands here only around the examples of ui/gallery, each in a state of its own. */
export const PlaygroundContext = createContext(playground);

/** A slice of the store; the component renders again only when the slice changes. */
export function usePlayground<Slice>(select: (state: PlaygroundState & PlaygroundActions) => Slice): Slice {
  return useStore(useContext(PlaygroundContext), select);
}

/** The current settings, checked against the current data set. */
export function useParsedDraft(): ParsedDraft {
  const draft = usePlayground((state) => state.draft);
  const dataset = usePlayground((state) => state.dataset);
  const labels = usePlayground((state) => state.splitLabels);
  return useMemo(() => parseDraft(draft, dataset && trainingSize(dataset, labels)), [draft, dataset, labels]);
}
