import { createFileRoute } from '@tanstack/react-router';
import { Gallery } from '../gallery/gallery.js';

export const Route = createFileRoute('/gallery')({
  validateSearch: (search: Record<string, unknown>): { subject?: string } => (typeof search.subject === 'string' ? { subject: search.subject } : {}),
  component: Gallery,
});
