import type { Translate } from '../i18n/messages.ts'
import { Instant } from '../layout/dates.tsx'
import { Sentence, SLOT } from '../layout/sentence.tsx'
import { paths } from '../paths.ts'
import type { OwnAddress, WhyKept } from './address-state.ts'

/** An address with the reason why it cannot be removed, if there is one. */
export type ListedAddress = OwnAddress & { kept: WhyKept | null }

type EntryProps = { t: Translate; listed: ListedAddress; mayChange: boolean }

export function AddressEntry({ t, listed, mayChange }: EntryProps) {
  const { address, isPrimary, verifiedAt, source, addedAt, kept } = listed
  return (
    <li class="transcripts__entry">
      <h2 class="transcripts__name">
        <bdi>{address}</bdi>
      </h2>
      <dl class="facts">
        <div>
          <dt>{t('addresses.standing')}</dt>
          <dd>
            {isPrimary && `${t('addresses.primary')} `}
            <Proved t={t} verifiedAt={verifiedAt} addedAt={addedAt} />
          </dd>
        </div>
        <div>
          <dt>{t('addresses.source')}</dt>
          <dd>{t(`addresses.source.${source}`)}</dd>
        </div>
      </dl>
      {kept?.reason === 'undo' && (
        <p class="soft">
          <Sentence text={t('addresses.kept.undo', { until: SLOT })}>
            <Instant t={t} at={kept.until} />
          </Sentence>
        </p>
      )}
      {kept?.reason === 'last' && <p class="soft">{t('addresses.kept.last')}</p>}
      {mayChange && <Acts t={t} listed={listed} />}
    </li>
  )
}

type ProvedProps = { t: Translate; verifiedAt: Date | null; addedAt: Date | null }

function Proved({ t, verifiedAt, addedAt }: ProvedProps) {
  if (verifiedAt === null && addedAt === null) return <>{t('addresses.waiting')}</>
  const text = verifiedAt === null ? 'addresses.waiting-since' : 'addresses.confirmed-since'
  return (
    <Sentence text={t(text, { at: SLOT })}>
      <Instant t={t} at={(verifiedAt ?? addedAt)!} />
    </Sentence>
  )
}

function Acts({ t, listed }: { t: Translate; listed: ListedAddress }) {
  const { isPrimary, verifiedAt, kept } = listed
  return (
    <div class="actions">
      {verifiedAt !== null && !isPrimary && (
        <Act action={paths.primaryAddress} text={t('addresses.make-primary')} of={listed} />
      )}
      {verifiedAt === null && (
        <Act action={paths.addressConfirmation} text={t('addresses.send-again')} of={listed} />
      )}
      {kept === null && <Act action={paths.addressRemoval} text={t('addresses.remove')} of={listed} />}
    </div>
  )
}

/** A button of one address; who does not see where it stands hears whose it is. */
function Act({ action, text, of }: { action: string; text: string; of: OwnAddress }) {
  return (
    <form method="post" action={action}>
      <input type="hidden" name="address" value={of.normalized} />
      <button class="button button--quiet" type="submit">
        {text}
        <span class="visually-hidden">: {of.address}</span>
      </button>
    </form>
  )
}
