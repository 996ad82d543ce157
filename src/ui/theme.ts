/** The look that all controls share. Colours of the charts are in charts/chartColors.css. */
import {
  Checkbox,
  createTheme,
  Input,
  type MantineColorsTuple,
  Select,
  TextInput,
  Tooltip,
} from '@mantine/core';

const FONT = "'Inter Variable', ui-sans-serif, system-ui, -apple-system, 'Segoe UI', sans-serif";
/** Mantine's dark greys with the page's blue in them, from text to background. */
const DARK = [
  '#d0d5dd',
  '#b3bac4',
  '#8d96a3',
  '#5d6672',
  '#3c434d',
  '#30363e',
  '#262a31',
  '#1b1e23',
  '#17191e',
  '#14161a',
] as const satisfies MantineColorsTuple;

const compact = { size: 'xs' };

export const theme = createTheme({
  primaryColor: 'indigo',
  primaryShade: 7,
  fontFamily: FONT,
  colors: { dark: DARK },
  headings: { fontFamily: FONT, fontWeight: '620' },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Checkbox: Checkbox.extend({ defaultProps: compact }),
    Input: Input.extend({ defaultProps: compact }),
    InputWrapper: Input.Wrapper.extend({
      defaultProps: { ...compact, inputWrapperOrder: ['label', 'input', 'error', 'description'] },
      styles: { description: { fontSize: 11, lineHeight: 1.35 }, error: { fontSize: 11, lineHeight: 1.35 } },
    }),
    Select: Select.extend({ defaultProps: { ...compact, allowDeselect: false, checkIconPosition: 'right' } }),
    TextInput: TextInput.extend({ defaultProps: compact }),
    Tooltip: Tooltip.extend({
      defaultProps: { multiline: true, maw: 280, openDelay: 350, withArrow: true, fz: 'xs' },
    }),
  },
});
