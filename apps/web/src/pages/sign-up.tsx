import { createFileRoute } from '@tanstack/react-router';
import { SignUpPage } from '../sign-in/sign-up-page.js';

export const Route = createFileRoute('/sign-up')({ component: SignUpPage });
