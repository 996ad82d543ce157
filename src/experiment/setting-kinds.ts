/**
 * The kinds of settings: what the table (setting-table.ts) says of one, and what its values are. Form, sweep, link, command
 * line, kept draft and documentation know the kinds, never a setting by its name.
 */
import type { ByPreset } from './preset-catalogue';

/** Where a setting stands in the form. What is typed stands in two columns, and all else below it. */
export type FormGroup =
  /** What is trained, on what kind of table. */
  | 'method'
  /** What only some embedding schemes read; the clock of PEP, which tells its story, is in 'main'. */
  | 'scheme'
  /** The numbers that tell the story. */
  | 'main'
  /** What only some base models read. */
  | 'model'
  /** When tickets are saved. */
  | 'tickets'
  /** One click away. */
  | 'more'
  | 'computation';

interface Described<Value> {
  /** What it is called wherever it is shown. */
  readonly label: string;
  /** A sentence or two. */
  readonly help: string;
  /** What the presets set it to. */
  readonly preset: ByPreset<Value>;
  /**
   * What it is where a link, a file or a record does not say it: what was done before there was this setting. Those of
   * version 0.1, which every text of it says, have none.
   */
  readonly unsaid?: Value;
  readonly group: FormGroup;
  /** Place in the group: after those with less, in the order of the table among equals. Not said: 0. */
  readonly order?: number;
  /** What the command line's help says of it before its values; not said: nothing for a choice, else its label. */
  readonly usage?: string;
  /** The page alone has it. */
  readonly isOnPageOnly?: true;
  /** The page does not offer it for a sweep; the command line's grid takes every setting. */
  readonly isFixedInSweeps?: true;
  /** A preset leaves it as it is. */
  readonly isOutsidePresets?: true;
  /** A ticket is retrained with today's value, not with that of its search. */
  readonly isOfRetraining?: true;
}

/** A number, with the bounds that every way of setting it enforces. */
export interface NumberSetting extends Described<number> {
  readonly kind: 'number';
  readonly min: number;
  readonly max: number;
  /** Of the arrow keys; one below 1 has none. */
  readonly step: number;
  readonly isWhole?: true;
}

/** Whole numbers. */
export interface ListSetting extends Described<readonly number[]> {
  readonly kind: 'list';
  /** One of them, in a sentence. */
  readonly item: string;
  readonly min: number;
  readonly max?: number;
  readonly fewest?: { readonly length: number; readonly refusal: string };
  readonly most: { readonly length: number; readonly refusal: string };
  /** Each appears once, and they are kept from the largest to the smallest. */
  readonly isSet?: true;
}

export interface ChoiceOption {
  readonly label: string;
  readonly help: string;
  /** Of what is chosen, beside the label. */
  readonly shape?: string;
}

export interface ChoiceSetting extends Described<string> {
  readonly kind: 'choice';
  readonly options: Readonly<Record<string, ChoiceOption>>;
}

export interface SwitchSetting extends Described<boolean> {
  readonly kind: 'switch';
}

export type Setting = NumberSetting | ListSetting | ChoiceSetting | SwitchSetting;

/** What a setting can be. */
export type ValueOf<S extends Setting> = S extends NumberSetting
  ? number
  : S extends ListSetting
    ? number[]
    : S extends ChoiceSetting
      ? keyof S['options'] & string
      : boolean;

/** The names that a choice is made from. */
export function optionsOf<const S extends ChoiceSetting>({ options }: S): ValueOf<S>[] {
  return Object.keys(options) as ValueOf<S>[];
}

/** All that a setting can be, as text; null where that is without end. */
export function allValues(setting: Setting): string[] | null {
  if (setting.kind === 'choice') return optionsOf(setting);
  return setting.kind === 'switch' ? ['true', 'false'] : null;
}

/** Whether it is typed as text, which may be refused. */
export function isTyped(setting: Setting): setting is NumberSetting | ListSetting {
  return setting.kind === 'number' || setting.kind === 'list';
}
