import { i18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { DirectionProvider, localStorageColorSchemeManager, MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { cssVariables, theme } from '@roster/ui';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useMemo } from 'react';
import { createQueryClient } from './api/query-client.js';
import { directionOf, type LocaleName } from './i18n/locale.js';
import { createAppRouter } from './router.js';
import { meQuery } from './session/me.js';

const colorSchemes = localStorageColorSchemeManager({ key: 'roster-color-scheme' });
/** The nonce of this page, for the style elements that Mantine and its lock of the scroll bar write. */
const nonce = document.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]')?.nonce ?? '';
// Where react-remove-scroll, under the dialogs of Mantine, looks for it; asking for the library here would load it with the first page.
(globalThis as { __webpack_nonce__?: string }).__webpack_nonce__ = nonce;

/** Everything the page stands on: words, theme, data, routes. */
export function App({ locale }: { locale: LocaleName }) {
  const { queryClient, router } = useMemo(() => {
    const client = createQueryClient(() => {
      client.setQueryData(meQuery.queryKey, null);
      void created.invalidate();
    });
    const created = createAppRouter(client);
    return { queryClient: client, router: created };
  }, []);
  return (
    <I18nProvider i18n={i18n}>
      <DirectionProvider initialDirection={directionOf(locale)} detectDirection={false}>
        <MantineProvider theme={theme} cssVariablesResolver={cssVariables} defaultColorScheme="auto" colorSchemeManager={colorSchemes} getStyleNonce={() => nonce}>
          <Notifications position="bottom-right" limit={4} containerWidth={380} />
          <QueryClientProvider client={queryClient}>
            <RouterProvider router={router} />
          </QueryClientProvider>
        </MantineProvider>
      </DirectionProvider>
    </I18nProvider>
  );
}
