import { createFileRoute } from '@tanstack/react-router';
import { RegisterPage } from '../../inventory/register/register-page.js';

export const Route = createFileRoute('/_app/inventory/register')({ component: RegisterPage });
