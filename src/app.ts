import { except } from 'hono/combine'
import { csrf } from 'hono/csrf'
import { methodNotAllowed } from 'hono/method-not-allowed'
import { activity } from './activity/routes.tsx'
import { actsConsole } from './acts/routes.tsx'
import { addresses } from './addresses/routes.tsx'
import { agreement } from './agreement/routes.tsx'
import { apiDescription } from './api-description/routes.ts'
import { auditPages } from './audit/routes.tsx'
import { certifications } from './certifications/routes.tsx'
import { candidateConsole } from './console/routes.tsx'
import { factory } from './core/app-env.ts'
import { onError, onMethodNotAllowed, onNotFound } from './core/errors.tsx'
import { notStored } from './core/not-stored.ts'
import { requestContext } from './core/request-context.ts'
import { securityHeaders } from './core/security-headers.ts'
import { deliveriesConsole } from './deliveries/routes.tsx'
import { documents } from './documents/routes.tsx'
import { exams } from './exams/routes.tsx'
import { feedsConsole } from './feeds/routes.tsx'
import { health } from './health/routes.ts'
import { home } from './home/routes.tsx'
import { eventApi } from './import/events/routes.ts'
import { deliveryApi } from './import/routes.ts'
import { merge } from './merge/routes.tsx'
import { privacy } from './privacy/routes.tsx'
import { profile } from './profile/routes.tsx'
import { programConsole } from './program-changes/routes.tsx'
import { quarantineConsole } from './quarantine/routes.tsx'
import { recertification } from './recertification/routes.tsx'
import { recovery } from './recovery/routes.tsx'
import { requests } from './requests/routes.tsx'
import { staffRequests } from './requests/staff-routes.tsx'
import { security } from './security/routes.tsx'
import { signIn } from './sign-in/routes.tsx'
import { staffAccounts } from './staff/routes.tsx'
import { stylesheet } from './stylesheet/routes.ts'
import { publishedTranscripts } from './transcripts/published-routes.tsx'
import { transcripts } from './transcripts/routes.tsx'
import { verification } from './verification/routes.tsx'
import { wellKnown } from './well-known/routes.ts'

/** Every room of the site. */
const rooms = factory
  .createApp()
  .route('/', health)
  .route('/', home)
  .route('/', stylesheet)
  .route('/', wellKnown)
  .route('/', signIn)
  .route('/', agreement)
  .route('/', profile)
  .route('/', requests)
  .route('/', staffRequests)
  .route('/', privacy)
  .route('/', addresses)
  .route('/', recovery)
  .route('/', security)
  .route('/', activity)
  .route('/', merge)
  .route('/', exams)
  .route('/', recertification)
  .route('/', certifications)
  .route('/', documents)
  .route('/', transcripts)
  .route('/', publishedTranscripts)
  .route('/', verification)
  .route('/', candidateConsole)
  .route('/', actsConsole)
  .route('/', deliveriesConsole)
  .route('/', quarantineConsole)
  .route('/', feedsConsole)
  .route('/', programConsole)
  .route('/', auditPages)
  .route('/', staffAccounts)
  .route('/', deliveryApi)
  .route('/', eventApi)
  .route('/', apiDescription)

/** The map of the site: middleware in order, then the rooms. */
export const app = factory
  .createApp()
  .use(securityHeaders)
  .use(notStored)
  .use(requestContext)
  // The API is opened by bearer tokens, which no browser sends by itself.
  .use(except('/api/*', csrf()))
  .use(methodNotAllowed({ app: rooms, onMethodNotAllowed }))
  .route('/', rooms)

app.notFound(onNotFound)
app.onError(onError)
