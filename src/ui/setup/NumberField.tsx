/**
 * A field for a number that arrow keys and two small buttons step. What is typed stays as typed: whoever reads it refuses
 * it with the reason, and nothing is turned into another number behind the user's back.
 */
import { TextInput, type TextInputProps, UnstyledButton } from '@mantine/core';
import { IconChevronDown, IconChevronUp } from '@tabler/icons-react';
import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import classes from './NumberField.module.css';
import { type Steps, stepped } from './typedNumber';

type NumberFieldProps = Steps &
  Omit<TextInputProps, 'value' | 'onChange' | 'step' | 'min' | 'max'> & {
    readonly value: string;
    readonly onChange: (text: string) => void;
  };

const STEPS = { ArrowUp: 1, ArrowDown: -1 } as const;

export function NumberField({ value, onChange, step, min, max, ...field }: NumberFieldProps) {
  const input = useRef<HTMLInputElement>(null);
  const move = (direction: 1 | -1) => onChange(stepped(value, direction, { step, min, max }));
  const onKey = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    move(STEPS[event.key]);
  };
  const onPress = (event: PointerEvent, direction: 1 | -1) => {
    event.preventDefault();
    input.current?.focus();
    move(direction);
  };
  // Not for the keyboard, which has the arrow keys, nor for screen readers.
  const stepButton = (direction: 1 | -1) => (
    <UnstyledButton
      className={classes.step}
      tabIndex={-1}
      aria-hidden
      disabled={field.disabled}
      onMouseDown={(event) => event.preventDefault()}
      onPointerDown={(event) => onPress(event, direction)}
    >
      {direction > 0 ? <IconChevronUp size={10} /> : <IconChevronDown size={10} />}
    </UnstyledButton>
  );

  return (
    <TextInput
      {...field}
      ref={input}
      value={value}
      // The keys for decimal numbers have no minus on some phones.
      inputMode={min < 0 ? 'text' : 'decimal'}
      spellCheck={false}
      autoComplete="off"
      rightSectionWidth={18}
      rightSection={
        <span className={classes.steps}>
          {stepButton(1)}
          {stepButton(-1)}
        </span>
      }
      onKeyDown={onKey}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
