/** Parts of the page whose code comes when they are first shown. Where it does not come, the part says so in its place. */
import { Alert, Button, Text } from '@mantine/core';
import { type ComponentType, lazy, type ReactNode, Suspense, useEffect, useState } from 'react';
import { ErrorBoundary, type FallbackProps } from 'react-error-boundary';
import { clauseOf } from '../data/errors';
import { isFailedImport, type MissingCode, whyMissing } from '../store/missing-code';

/** `fallback` is shown until the code is there. */
export function lazyPart<Props extends object>(
  load: () => Promise<ComponentType<Props>>,
  fallback: ReactNode = null,
): ComponentType<Props> {
  const create = () => lazy(async () => ({ default: await load() }));
  const first = create();
  return function LazyPart(props: Props) {
    // What could not be loaded stays so: trying again takes another.
    const [Part, setPart] = useState<ComponentType<Props>>(() => first);
    return (
      <ErrorBoundary FallbackComponent={PartFailure} onReset={() => setPart(() => create())}>
        <Suspense fallback={fallback}>
          <Part {...props} />
        </Suspense>
      </ErrorBoundary>
    );
  };
}

function PartFailure({ error, resetErrorBoundary }: FallbackProps) {
  const cause = useCause(error);
  return (
    <Alert color="red" p="xs" mt={8} title="This part of the page is missing">
      <Text size="sm" mb={8} style={{ overflowWrap: 'anywhere' }}>
        {adviceOn(cause, error)}
      </Text>
      {cause === 'rebuilt' ? (
        <ReloadButton size="compact-xs" />
      ) : (
        <Button size="compact-xs" variant="light" color="red" onClick={resetErrorBoundary}>
          Try again
        </Button>
      )}
    </Alert>
  );
}

/** "unknown" until the server has answered, and where code came and failed. */
function useCause(error: unknown): MissingCode {
  const [cause, setCause] = useState<MissingCode>('unknown');
  useEffect(() => {
    let isCurrent = true;
    if (isFailedImport(error)) {
      void whyMissing().then((found) => {
        if (isCurrent) setCause(found);
      });
    }
    return () => {
      isCurrent = false;
    };
  }, [error]);
  return cause;
}

function adviceOn(cause: MissingCode, error: unknown): string {
  switch (cause) {
    case 'rebuilt':
      return 'The page was built anew since it was opened here, and this part is not there any more. Reload the page: runs that are stored are there again, but a run under way is cut off.';
    case 'unreachable':
      return 'The page’s server does not answer: start it again. Runs go on, and nothing is lost.';
    case 'unknown':
      return `It could not be loaded or drawn: ${clauseOf(error)}. Runs go on, and nothing is lost.`;
    default:
      return cause satisfies never;
  }
}

function ReloadButton({ size }: { readonly size: 'compact-xs' | 'xs' }) {
  return (
    <Button size={size} variant="light" color="red" onClick={() => window.location.reload()}>
      Reload the page
    </Button>
  );
}

/** Stands for the whole page where it cannot be drawn. */
export function PageFailure({ error }: FallbackProps) {
  return (
    <Alert color="red" m="md" title="The page could not be drawn">
      <Text size="sm" mb={8} style={{ overflowWrap: 'anywhere' }}>
        {clauseOf(error)}. Runs that this browser keeps are there again when the page is reloaded.
      </Text>
      <ReloadButton size="xs" />
    </Alert>
  );
}
