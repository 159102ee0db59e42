import { bodyOf, type Schemas } from '@roster/api-client';
import { queryOptions, useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { api } from '../api/client.js';
import { serviceNow } from '../clock/now.js';
import { toast } from '../shell/toast.js';

export type Notification = Schemas['NotificationDto'];
export const NOTIFICATION_EVENTS = '/api/v1/notifications/events';
const MENU_ROWS = 8;

/** How many are unread. The live stream keeps it right; this is what it starts with. */
export const unreadQuery = queryOptions({
  queryKey: ['inbox', 'unread'],
  queryFn: async ({ signal }) => (await bodyOf(api.GET('/api/v1/notifications', { params: { query: { limit: 1, count: true, 'filter[read]': ['false'] } }, signal }))).total ?? 0,
});

/** The newest, for the menu in the bar. */
export const newestQuery = queryOptions({
  queryKey: ['inbox', 'list', 'newest'],
  queryFn: async ({ signal }) => (await bodyOf(api.GET('/api/v1/notifications', { params: { query: { limit: MENU_ROWS } }, signal }))).items,
});

/** A page of the inbox. @param unread only what was not read yet */
export const inboxPage = (unread: boolean) => ({
  queryKey: ['inbox', 'list', unread ? 'unread' : 'all'],
  fetchPage: (cursor: string | undefined, signal: AbortSignal) => bodyOf(api.GET('/api/v1/notifications', { params: { query: { limit: 50, count: true, cursor, ...(unread ? { 'filter[read]': ['false'] } : {}) } }, signal })),
});

const refresh = (client: QueryClient): Promise<void> => client.invalidateQueries({ queryKey: ['inbox'] });

/** Marks one as read. Reading again changes nothing, so that opening a notification is the same act. */
export function useMarkRead() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (id: string) => bodyOf(api.POST('/api/v1/notifications/{id}/read', { params: { path: { id } } })),
    onMutate: (id) => {
      const at = serviceNow().toISOString();
      client.setQueryData(newestQuery.queryKey, (items) => items?.map((item) => (item.id === id && item.readAt === null ? { ...item, readAt: at } : item)));
    },
    onError: toast.failed,
    onSettled: () => refresh(client),
  });
}

export function useMarkAllRead() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => bodyOf(api.POST('/api/v1/notifications/read-all')),
    onMutate: () => { client.setQueryData(unreadQuery.queryKey, 0); },
    onError: toast.failed,
    onSettled: () => refresh(client),
  });
}
