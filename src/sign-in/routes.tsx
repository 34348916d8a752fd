import { Hono } from 'hono'
import { signInAgain } from './again-routes.tsx'
import { signInCode } from './code-routes.tsx'
import { linkRequests } from './link-routes.tsx'
import { signInPasskey } from './passkey-routes.tsx'
import { setPassword } from './set-password-routes.tsx'
import { signInAndOut } from './sign-in-routes.tsx'
import type { PageEnv } from './viewer.ts'

/** Every way in, and the way out. */
export const signIn = new Hono<PageEnv>()
  .route('/', signInAndOut)
  .route('/', signInCode)
  .route('/', signInPasskey)
  .route('/', signInAgain)
  .route('/', linkRequests)
  .route('/', setPassword)
