import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

/** The one accent, from soft to strong. */
const accent: MantineColorsTuple = ['#e8eefc', '#cfdcf8', '#a3bcf2', '#7499ec', '#4d7be6', '#3568e2', '#2456c8', '#1d49ae', '#173c93', '#0f2d75'];

/** The greys of the dark side, from text to ground, as in tokens.css. */
const dark: MantineColorsTuple = ['#e6e9ee', '#c3cad3', '#a3acb9', '#6c7683', '#3a424d', '#2b323c', '#1d222a', '#161a20', '#101318', '#0b0e12'];

/** The list itself scrolls, not a box inside of it: it belongs to its input, whose arrows move through it. */
const listbox = { withScrollArea: false, styles: { options: { maxBlockSize: 260, overflowY: 'auto' } } } as const;

/** Mantine with the sizes and colours of `tokens.css`: 13/20 in tables and controls, small radii, lines before shadows. */
export const theme = createTheme({
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 5 },
  autoContrast: true,
  colors: { accent, dark },
  fontFamily: 'var(--r-font)',
  fontFamilyMonospace: 'var(--r-mono)',
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '16px', sm: '20px', md: '22px', lg: '24px', xl: '28px' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  radius: { xs: '2px', sm: '4px', md: '6px', lg: '8px', xl: '12px' },
  defaultRadius: 'sm',
  headings: { fontWeight: '600', sizes: { h1: { fontSize: '20px', lineHeight: '28px' }, h2: { fontSize: '16px', lineHeight: '24px' }, h3: { fontSize: '14px', lineHeight: '22px' } } },
  cursorType: 'pointer',
  focusRing: 'auto',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'xs' } },
    ActionIcon: { defaultProps: { size: 28, variant: 'subtle', color: 'gray' } },
    TextInput: { defaultProps: { size: 'sm' } },
    PasswordInput: { defaultProps: { size: 'sm' } },
    Textarea: { defaultProps: { size: 'sm', autosize: true, minRows: 2 } },
    Select: { defaultProps: { size: 'sm', checkIconPosition: 'right', ...listbox } },
    MultiSelect: { defaultProps: { size: 'sm', ...listbox } },
    Autocomplete: { defaultProps: listbox },
    TagsInput: { defaultProps: listbox },
    NumberInput: { defaultProps: { size: 'sm' } },
    Tooltip: { defaultProps: { withArrow: true, openDelay: 250, events: { hover: true, focus: true, touch: true } } },
    Modal: { defaultProps: { centered: true, transitionProps: { duration: 120 } } },
    Drawer: { defaultProps: { position: 'right', transitionProps: { duration: 120 } } },
    // Without the placeholder: a menu holds items only, and its first item has the focus.
    Menu: { defaultProps: { shadow: 'md', transitionProps: { duration: 80 }, withInitialFocusPlaceholder: false } },
    Notification: { styles: { description: { color: 'var(--r-text-dim)' } } },
  },
});

/** Binds Mantine's own variables to the tokens, so that both speak of one palette in light and dark. */
export const cssVariables: CSSVariablesResolver = () => {
  const shared = {
    '--mantine-color-body': 'var(--r-surface)', '--mantine-color-text': 'var(--r-text)', '--mantine-color-dimmed': 'var(--r-text-dim)', '--mantine-color-placeholder': 'var(--r-text-dim)',
    '--mantine-color-default': 'var(--r-surface)', '--mantine-color-default-border': 'var(--r-line)', '--mantine-color-default-hover': 'var(--r-sunken)', '--mantine-color-anchor': 'var(--r-accent-text)',
    '--mantine-color-error': 'var(--r-broken-text)',
  };
  return { variables: {}, light: shared, dark: shared };
};
