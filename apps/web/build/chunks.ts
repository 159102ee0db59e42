/**
 * What is put together into one file. Without it every set of pages that shares a module gets a file of its own: 120 requests before the first page is
 * there, and none compresses well. Own modules are named by folder and without what they import: `@roster/ui` is one door to every component.
 */
const packages = (...names: readonly string[]): RegExp => new RegExp(`/node_modules/(${names.join('|')})/`);
const mantine = (...parts: readonly string[]): string => `@mantine/core/esm/(${parts.join('|')})`;
const SHARED_FOLDERS = /\/(apps\/web\/src\/(shell|session|api|live|clock|inbox)|libs\/ui\/src\/(feedback|layout|format|text|status))\//;

export const chunkGroups = [
  {
    name: 'start', priority: 3, minShareCount: 2,
    test: packages('react', 'react-dom', 'scheduler', 'use-sync-external-store', '@tanstack/(router-core|react-router|history|store|react-store|query-core|react-query)', '@lingui', '@messageformat', 'moo', 'openapi-fetch',
      '@mantine/(store|hooks|notifications)', mantine('core', 'components/(UnstyledButton|Loader|Portal|Anchor|Text|CloseButton|Button|Transition|Notification)'), 'clsx', 'tslib', '@babel/runtime', 'react-transition-group',
      'react-remove-scroll', 'react-remove-scroll-bar', 'react-style-singleton', 'use-callback-ref', 'use-sidecar', 'get-nonce'),
  },
  { name: 'frame', priority: 2, test: packages('@floating-ui', mantine('utils/Floating', 'components/(Popover|Menu|ActionIcon|Stack|Group|Input|InputBase|TextInput|Overlay|FocusTrap|Tooltip|Indicator|VisuallyHidden)')) },
  // The grid of every list, fetched once: it has a budget of its own, by this name.
  { name: 'data-table', priority: 1, minShareCount: 2, includeDependenciesRecursively: false, test: /\/libs\/ui\/src\/data-table\/|\/node_modules\/@tanstack\/(react-table|table-core|react-virtual|virtual-core)\// },
  { name: 'icons', priority: 1, minShareCount: 2, test: packages('@tabler') },
  { name: 'controls', priority: 1, minShareCount: 20, includeDependenciesRecursively: false, test: packages('@mantine/core') },
  { name: 'common', priority: 0, minShareCount: 3, includeDependenciesRecursively: false, test: SHARED_FOLDERS },
  // What many pages share and is small: a request costs more than its bytes.
  { name: 'shared', priority: -1, minShareCount: 12, includeDependenciesRecursively: false, test: /\/(apps\/web\/src|libs\/(ui|contracts|api-client)\/src)\// },
];
