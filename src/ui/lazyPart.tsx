/** Parts of the page whose code comes when they are first shown. Where it does not come, the part says so in its place. */
import { Alert, Button, Text } from '@mantine/core';
import { type ComponentType, lazy, type ReactNode, Suspense, useState } from 'react';
import { ErrorBoundary, type FallbackProps } from 'react-error-boundary';

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
  return (
    <Alert color="red" p="xs" mt={8} title="This part of the page is missing">
      <Text size="sm" mb={8} style={{ overflowWrap: 'anywhere' }}>
        It could not be loaded or drawn: {wordsOf(error)}. If the page’s server was stopped, start it again.
        Runs go on, and nothing is lost.
      </Text>
      <Button size="compact-xs" variant="light" color="red" onClick={resetErrorBoundary}>
        Try again
      </Button>
    </Alert>
  );
}

/** Stands for the whole page where it cannot be drawn. */
export function PageFailure({ error }: FallbackProps) {
  return (
    <Alert color="red" m="md" title="The page could not be drawn">
      <Text size="sm" mb={8} style={{ overflowWrap: 'anywhere' }}>
        {wordsOf(error)}. Runs that this browser keeps are there again when the page is loaded anew.
      </Text>
      <Button size="xs" variant="light" color="red" onClick={() => window.location.reload()}>
        Load the page anew
      </Button>
    </Alert>
  );
}

function wordsOf(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\.$/, '');
}
