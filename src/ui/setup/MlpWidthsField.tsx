/** The MLP's hidden layers as a list of widths. */
import { TextInput } from '@mantine/core';
import { usePlayground } from '../../store/use-playground';

export function MlpWidthsField({ error }: { readonly error: string | undefined }) {
  const text = usePlayground((state) => state.draft.mlpWidths);
  const edit = usePlayground((state) => state.edit);
  return (
    <TextInput
      label="MLP widths"
      value={text}
      error={error}
      aria-description="Units of each hidden layer, with commas or spaces between them."
      spellCheck={false}
      autoComplete="off"
      onChange={(event) => edit({ mlpWidths: event.currentTarget.value })}
    />
  );
}
