/** Stands for the page around a chart that reads the page's store: with the state that an example wants, and no worker. */
import { type ReactNode, useState } from 'react';
import { FIRST_DRAFT } from '../../store/draft';
import { createPlaygroundStore, type PlaygroundState } from '../../store/playground';
import { PlaygroundContext } from '../../store/use-playground';

interface PageProps extends Partial<PlaygroundState> {
  readonly children: ReactNode;
}

export function Page({ children, ...state }: PageProps) {
  const [store] = useState(() => {
    const created = createPlaygroundStore(() => {
      throw new Error('The gallery has no worker.');
    });
    // Whatever settings the developer's own browser keeps.
    created.setState({ draft: FIRST_DRAFT, ...state });
    return created;
  });
  return <PlaygroundContext value={store}>{children}</PlaygroundContext>;
}
