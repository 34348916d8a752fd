import { secureHeaders } from 'hono/secure-headers'
import { factory } from './app-env.ts'

/** No inline code anywhere, so no nonce: a page stays the same bytes for everybody. */
const headers = secureHeaders({
  // What somebody else sent us is shown under a stricter policy, which its own route says.
  overwrite: false,
  contentSecurityPolicy: {
    defaultSrc: ["'none'"],
    styleSrc: ["'self'"],
    scriptSrc: ["'self'"],
    imgSrc: ["'self'"],
    fontSrc: ["'self'"],
    connectSrc: ["'self'"],
    manifestSrc: ["'self'"],
    formAction: ["'self'"],
    baseUri: ["'none'"],
    frameAncestors: ["'none'"],
  },
  referrerPolicy: false,
  strictTransportSecurity: 'max-age=63072000; includeSubDomains; preload',
  xFrameOptions: 'DENY',
  crossOriginOpenerPolicy: 'same-origin',
  crossOriginResourcePolicy: 'same-origin',
  permissionsPolicy: { camera: [], microphone: [], geolocation: [], payment: [], usb: [] },
})

/**
 * Headers of every answer. Pages that are opened from elsewhere say `no-referrer` themselves; the others say
 * `same-origin`, because under `no-referrer` a browser sends our own forms with the origin `null` (Fetch, "append a
 * request Origin header"), and those without Sec-Fetch-Site could then not send any.
 */
export const securityHeaders = factory.createMiddleware(function securityHeaders(c, next) {
  return headers(c, async () => {
    await next()
    if (!c.res.headers.has('referrer-policy')) c.header('referrer-policy', 'same-origin')
  })
})
