import { mintRecoveryCodes } from '../authenticators/recovery-codes.ts'
import { type FormFields, typedText } from '../core/posted-form.ts'
import { ok, type Result, refuse } from '../core/result.ts'
import type { Program } from '../program/program.ts'
import { encodePassword } from '../sign-in/password.ts'
import { passwordFault } from '../sign-in/password-fault.ts'
import { type AppOffer, confirmingStep, offerApp, readOffer } from './app-offer.ts'
import type { PasswordAndApp } from './method-queries.ts'

type Person = { staffId: number; email: string; name: string }
type Asked = { env: Pick<Env, 'SEAL_KEY'>; program: Program; now: Date }

export function freshOffer({ env, program }: Pick<Asked, 'env' | 'program'>, { staffId, email }: Person) {
  return offerApp(env.SEAL_KEY, { staffId, email, issuer: program.name })
}

/**
 * What a form with a new password and a code of the app offered on it comes to. Refused, the offer is the one that was
 * scanned already, unless it is none of ours; accepted, the recovery codes come along, to be shown once.
 */
export async function readPasswordAndApp(
  { env, program, now }: Asked,
  person: Person,
  fields: FormFields,
): Promise<
  Result<PasswordAndApp & { codes: string[] }, { offer: AppOffer; errors: Record<string, string[]> }>
> {
  const { staffId, email, name } = person
  const password = typedText(fields, 'password')
  const offer = await readOffer(
    env.SEAL_KEY,
    { staffId, email, issuer: program.name },
    typedText(fields, 'offer'),
  )
  const step = offer && confirmingStep(offer, typedText(fields, 'code'), now)
  const fault = passwordFault(password, { names: [email, name], program })
  if (fault !== null || offer === null || step === null) {
    const errors = {
      ...(fault !== null && { password: [fault] }),
      ...(step === null && { code: ['staff.app.code-refused'] }),
    }
    return refuse({ offer: offer ?? (await freshOffer({ env, program }, person)), errors })
  }
  const { codes, hashes } = await mintRecoveryCodes()
  return ok({
    encoded: await encodePassword(password),
    sealed: offer.sealed,
    step,
    codeHashes: hashes,
    codes,
  })
}
