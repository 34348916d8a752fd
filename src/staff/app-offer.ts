import { acceptedTotpStep, mintTotpSecret, openTotpSecret, totpAddress } from '../authenticators/totp.ts'

/**
 * A secret for an authenticator app, shown to be taken over. It is kept nowhere until a code of it is typed: the form
 * carries it, sealed for its holder.
 */
export type AppOffer = { base32: string; sealed: string; address: string }

type Holder = { staffId: number; email: string; issuer: string }

const LONGEST_SEALED = 500

export async function offerApp(sealKey: string, holder: Holder): Promise<AppOffer> {
  const { base32, sealed } = await mintTotpSecret(sealKey, { staffId: holder.staffId })
  return { base32, sealed, address: addressOf(base32, holder) }
}

/** The offer that a form brought back; null for what we did not seal for this holder. */
export async function readOffer(sealKey: string, holder: Holder, sealed: string): Promise<AppOffer | null> {
  if (sealed.length > LONGEST_SEALED) return null
  try {
    const base32 = await openTotpSecret(sealKey, { staffId: holder.staffId }, sealed)
    return { base32, sealed, address: addressOf(base32, holder) }
  } catch {
    // A form can carry any text, and all that we did not seal ends up here.
    return null
  }
}

/** The time step of a code that shows that the app took the secret over; null for every other text. */
export function confirmingStep(offer: AppOffer, code: string, now: Date): number | null {
  return acceptedTotpStep(offer.base32, code, 0, now)
}

function addressOf(base32: string, { issuer, email }: Holder): string {
  return totpAddress(base32, { issuer, label: email })
}
