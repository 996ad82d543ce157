/** What separates the cells of a table: one of the usual, or anything that is typed. */
import { NativeSelect, TextInput } from '@mantine/core';
import { useState } from 'react';
import { UserError } from '../../../data/errors';
import { readSeparator } from '../../../data/formats/delimited/separators';

const USUAL = [
  { value: ',', label: 'comma' },
  { value: '\t', label: 'tab' },
  { value: ';', label: 'semicolon' },
  { value: '|', label: 'bar |' },
  { value: '::', label: 'two colons ::' },
  { value: ' ', label: 'spaces' },
];
const OTHER = 'other';

interface SeparatorInputProps {
  readonly value: string;
  readonly onChange: (separator: string) => void;
}

export function SeparatorInput({ value, onChange }: SeparatorInputProps) {
  const isUsual = USUAL.some((each) => each.value === value);
  const [isOther, setIsOther] = useState(!isUsual);
  return (
    <>
      <NativeSelect
        size="xs"
        label="Cells are separated by"
        data-autofocus
        value={isOther ? OTHER : value}
        data={[...USUAL, { value: OTHER, label: 'other…' }]}
        onChange={({ currentTarget }) => {
          setIsOther(currentTarget.value === OTHER);
          if (currentTarget.value !== OTHER) onChange(currentTarget.value);
        }}
      />
      {isOther && <TypedSeparator value={isUsual ? '' : value} onChange={onChange} />}
    </>
  );
}

/** Taken when it is left, or at Enter: half of "::" is another separator. */
function TypedSeparator({ value, onChange }: SeparatorInputProps) {
  const [typed, setTyped] = useState(value);
  const [problem, setProblem] = useState<string | null>(null);
  const take = () => {
    if (typed === '' || typed === value) return;
    try {
      onChange(readSeparator(typed));
      setProblem(null);
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      setProblem(error.message);
    }
  };
  return (
    <TextInput
      size="xs"
      w={150}
      label="Separator"
      placeholder="such as :: or ^"
      value={typed}
      error={problem}
      spellCheck={false}
      autoComplete="off"
      onChange={({ currentTarget }) => setTyped(currentTarget.value)}
      onBlur={take}
      onKeyDown={({ key }) => key === 'Enter' && take()}
    />
  );
}
