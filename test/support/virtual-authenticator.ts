import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server'
import { base64url } from 'jose'

const USER_PRESENT = 0x01
const USER_VERIFIED = 0x04
const BACKUP_ELIGIBLE = 0x08
const BACKED_UP = 0x10
const WITH_CREDENTIAL = 0x40

const ES256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const

type Credential = { id: string; userHandle: string; keys: CryptoKeyPair; counter: number }

/**
 * An authenticator and its browser, as far as a server can tell (WebAuthn level 3, 6.1 and 6.5): ES256, attestation
 * `none`. What it says of itself may be set at any time, so that a test can make it lie.
 */
export function createVirtualAuthenticator({ origin, rpId }: { origin: string; rpId: string }) {
  const credentials: Credential[] = []
  const self = {
    origin,
    rpId,
    /** Whether it asked for a fingerprint or a PIN. */
    verifiesUser: true,
    /** Whether its passkeys are kept on several devices; those count no signatures. */
    isSynced: true,
    credentials: credentials as readonly Credential[],

    /** What the browser sends after `navigator.credentials.create`. */
    async create(options: PublicKeyCredentialCreationOptionsJSON): Promise<RegistrationResponseJSON> {
      const known = options.excludeCredentials?.some(({ id }) => credentials.some((kept) => kept.id === id))
      if (known) throw new DOMException('a passkey of this account is here already', 'InvalidStateError')
      const id = crypto.getRandomValues(new Uint8Array(16))
      const keys = (await crypto.subtle.generateKey(ES256, true, ['sign', 'verify'])) as CryptoKeyPair
      const credential = { id: base64url.encode(id), userHandle: options.user.id, keys, counter: 0 }
      credentials.push(credential)

      const authData = joined(
        await self.stateOf(credential, WITH_CREDENTIAL),
        new Uint8Array(16),
        Uint8Array.of(id.length >> 8, id.length & 0xff),
        id,
        await coseKey(keys.publicKey),
      )
      const attestation = cbor(
        new Map<unknown, unknown>([
          ['fmt', 'none'],
          ['attStmt', new Map()],
          ['authData', authData],
        ]),
      )
      return {
        id: credential.id,
        rawId: credential.id,
        type: 'public-key',
        authenticatorAttachment: 'platform',
        clientExtensionResults: {},
        response: {
          clientDataJSON: base64url.encode(self.clientData('webauthn.create', options.challenge)),
          attestationObject: base64url.encode(attestation),
          transports: ['internal'],
        },
      }
    },

    /** What the browser sends after `navigator.credentials.get`: with the newest passkey that is asked for. */
    async get(options: PublicKeyCredentialRequestOptionsJSON): Promise<AuthenticationResponseJSON> {
      const asked = options.allowCredentials ?? []
      const credential = credentials.findLast(
        ({ id }) => asked.length === 0 || asked.some((wanted) => wanted.id === id),
      )
      if (!credential) throw new DOMException('no such passkey is here', 'NotAllowedError')
      if (!self.isSynced) credential.counter += 1

      const authData = await self.stateOf(credential)
      const clientData = self.clientData('webauthn.get', options.challenge)
      const signed = joined(authData, await sha256(clientData))
      const signature = new Uint8Array(await crypto.subtle.sign(ES256, credential.keys.privateKey, signed))
      return {
        id: credential.id,
        rawId: credential.id,
        type: 'public-key',
        authenticatorAttachment: 'platform',
        clientExtensionResults: {},
        response: {
          clientDataJSON: base64url.encode(clientData),
          authenticatorData: base64url.encode(authData),
          signature: base64url.encode(derSignature(signature)),
          userHandle: credential.userHandle,
        },
      }
    },

    clientData(type: string, challenge: string): Uint8Array<ArrayBuffer> {
      return utf8(JSON.stringify({ type, challenge, origin: self.origin, crossOrigin: false }))
    },

    /** The first 37 bytes of authenticator data: for whom, what was checked, and the counter. */
    async stateOf({ counter }: Credential, flags = 0): Promise<Uint8Array<ArrayBuffer>> {
      const checked = USER_PRESENT | (self.verifiesUser ? USER_VERIFIED : 0)
      const kept = self.isSynced ? BACKUP_ELIGIBLE | BACKED_UP : 0
      const count = new DataView(new ArrayBuffer(4))
      count.setUint32(0, counter)
      return joined(
        await sha256(utf8(self.rpId)),
        Uint8Array.of(flags | checked | kept),
        new Uint8Array(count.buffer),
      )
    },
  }
  return self
}

/** An EC2 key as COSE writes it (RFC 9053, 7.1): key type 2, algorithm -7, curve 1, x and y. */
async function coseKey(key: CryptoKey): Promise<Uint8Array<ArrayBuffer>> {
  const { x, y } = (await crypto.subtle.exportKey('jwk', key)) as JsonWebKey
  return cbor(
    new Map<unknown, unknown>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, base64url.decode(x!)],
      [-3, base64url.decode(y!)],
    ]),
  )
}

/** CBOR (RFC 8949) of what is needed here: integers, texts, bytes and maps, none longer than 65,535. */
function cbor(value: unknown): Uint8Array<ArrayBuffer> {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value)
  if (typeof value === 'string') return joined(head(3, utf8(value).length), utf8(value))
  if (value instanceof Uint8Array) return joined(head(2, value.length), value)
  if (value instanceof Map) return joined(head(5, value.size), ...[...value].flat().map(cbor))
  throw new Error(`no CBOR for ${typeof value}`)
}

function head(major: number, argument: number): Uint8Array<ArrayBuffer> {
  const type = major << 5
  if (argument < 24) return Uint8Array.of(type | argument)
  if (argument < 256) return Uint8Array.of(type | 24, argument)
  return Uint8Array.of(type | 25, argument >> 8, argument & 0xff)
}

/** WebCrypto signs as `r || s`; authenticators send the two as an ASN.1 sequence (RFC 3279, 2.2.3). */
function derSignature(signature: Uint8Array): Uint8Array<ArrayBuffer> {
  const body = joined(derInteger(signature.slice(0, 32)), derInteger(signature.slice(32)))
  return joined(Uint8Array.of(0x30, body.length), body)
}

function derInteger(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const first = bytes.findIndex((byte) => byte !== 0)
  const digits = bytes.slice(first)
  const sign = digits[0]! >= 0x80 ? [0] : []
  return joined(Uint8Array.of(0x02, sign.length + digits.length, ...sign), digits)
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
}

function utf8(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(new TextEncoder().encode(text))
}

function joined(...parts: Uint8Array[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(parts.flatMap((part) => [...part]))
}
