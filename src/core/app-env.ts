import { createFactory } from 'hono/factory'
import type { Translate } from '../i18n/messages.ts'
import type { Database } from './database.ts'

export type AppEnv = {
  Bindings: Env
  Variables: {
    /** The instant at which this request is answered; the only clock that handlers and rules see. */
    now: Date
    db: Database
    t: Translate
  }
}

export const factory = createFactory<AppEnv>()
