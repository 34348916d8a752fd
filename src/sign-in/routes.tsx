import { Hono } from 'hono'
import { linkRequests } from './link-routes.tsx'
import { setPassword } from './set-password-routes.tsx'
import { signInAndOut } from './sign-in-routes.tsx'
import type { PageEnv } from './viewer.ts'

/** Every way in, and the way out. */
export const signIn = new Hono<PageEnv>()
  .route('/', signInAndOut)
  .route('/', linkRequests)
  .route('/', setPassword)
