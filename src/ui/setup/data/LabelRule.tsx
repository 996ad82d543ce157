/** Which values of the label count as 1: some of a list, or the numbers beyond a threshold. */
import { Group, NativeSelect, Stack, TagsInput, Text } from '@mantine/core';
import { useState } from 'react';
import type { ColumnFacts } from '../../../data/table/column-facts';
import { describeLabel } from '../../../data/table/label';
import { isMissing } from '../../../data/table/number-text';
import { COMPARISONS, type Comparison, type LabelSpec } from '../../../data/table/table-spec';
import { readNumber } from '../../../experiment/setting-text';
import { formatCount } from '../../format';
import { NumberField } from '../NumberField';

/** More are found by typing their beginning. */
const OFFERED_VALUES = 50;

const COMPARISON_WORDS: Readonly<Record<Comparison, string>> = {
  '>': 'above',
  '>=': 'at least',
  '<': 'below',
  '<=': 'at most',
};
const RULES = [
  { value: 'values', label: 'these values' },
  ...COMPARISONS.map((value) => ({ value, label: `numbers ${COMPARISON_WORDS[value]}` })),
];

interface LabelRuleProps {
  /** Of the label column. */
  readonly name: string;
  readonly facts: ColumnFacts;
  readonly spec: LabelSpec;
  readonly onValues: (positive: readonly string[]) => void;
  readonly onChange: (spec: LabelSpec) => void;
}

export function LabelRule({ name, facts, spec, onValues, onChange }: LabelRuleProps) {
  const rule = spec.kind === 'values' ? 'values' : spec.comparison;
  return (
    <Stack gap={4}>
      <Group gap={10} align="flex-end">
        <NativeSelect
          size="xs"
          label={`What of ${name} counts as 1`}
          value={rule}
          data={RULES}
          onChange={(event) => {
            const wanted = event.currentTarget.value;
            const comparison = COMPARISONS.find((each) => each === wanted);
            if (!comparison) onValues([]);
            else onChange({ kind: 'threshold', comparison, bound: boundOf(spec, facts) });
          }}
        />
        {spec.kind === 'threshold' && (
          <Bound value={spec.bound} onChange={(bound) => onChange({ ...spec, bound })} />
        )}
      </Group>
      {spec.kind === 'values' && (
        <PositiveValues name={name} facts={facts} positive={spec.positive} onChange={onValues} />
      )}
      <Text size="xs" c="dimmed">
        {describeRule(name, facts, spec)}
      </Text>
    </Stack>
  );
}

/** The bound that was there, or the middle of the numbers. */
function boundOf(spec: LabelSpec, { numbers }: ColumnFacts): number {
  if (spec.kind === 'threshold') return spec.bound;
  return numbers ? (numbers.smallest + numbers.largest) / 2 : Number.NaN;
}

function Bound({ value, onChange }: { readonly value: number; readonly onChange: (value: number) => void }) {
  const [typed, setTyped] = useState(String(value));
  const isTyped = Object.is(readNumber(typed), value);
  return (
    <NumberField
      label="Threshold"
      w={110}
      step={1}
      min={Number.NEGATIVE_INFINITY}
      value={isTyped ? typed : String(value)}
      error={!Number.isFinite(value)}
      onChange={(text) => {
        setTyped(text);
        onChange(readNumber(text));
      }}
    />
  );
}

interface PositiveValuesProps {
  readonly name: string;
  readonly facts: ColumnFacts;
  readonly positive: readonly string[];
  readonly onChange: (positive: readonly string[]) => void;
}

/** The most frequent values are offered; others can be typed. */
function PositiveValues({ name, facts, positive, onChange }: PositiveValuesProps) {
  const offered = facts.values.map(({ value }) => value);
  const isAll = facts.distinct <= offered.length;
  const unseen = positive.filter((value) => !offered.includes(value));
  return (
    <TagsInput
      size="xs"
      label={`Values of ${name} that count as 1`}
      description="Choose, or type one and press Enter."
      value={[...positive]}
      data={offered}
      limit={OFFERED_VALUES}
      // A value may hold a comma, or differ from another by its capitals only.
      splitChars={[]}
      isDuplicate={(value, chosen) => chosen.includes(value.trim())}
      inputWrapperOrder={['label', 'description', 'input', 'error']}
      error={
        unseen.length > 0 &&
        (isAll
          ? `No row has ${unseen.join(', ')}.`
          : `Not among the ${formatCount(offered.length)} most frequent values: ${unseen.join(', ')}.`)
      }
      // A word for a missing value is no class.
      onChange={(values) =>
        onChange([...new Set(values.map((value) => value.trim()))].filter((value) => !isMissing(value)))
      }
    />
  );
}

/** What becomes of every row, in words. */
function describeRule(name: string, { missing }: ColumnFacts, spec: LabelSpec): string {
  const rows =
    missing === 1 ? '1 row without a label is' : `${formatCount(missing)} rows without a label are`;
  const without = missing > 0 ? ` ${rows} left out.` : '';
  const isOpen = spec.kind === 'values' ? spec.positive.length === 0 : !Number.isFinite(spec.bound);
  if (isOpen) return `Nothing counts as 1 yet.${without}`;
  const others =
    spec.kind === 'values' && spec.others === 'skip' ? ' Rows with anything else are skipped.' : '';
  return `${describeLabel(name, spec)}${others}${without}`;
}
