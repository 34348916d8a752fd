import type { CalendarDate } from '../core/calendar-date.ts'
import { Seal } from '../documents/seal.tsx'
import type { Translate } from '../i18n/messages.ts'
import { DateOnly, DateWithDistance } from '../layout/dates.tsx'
import { StandingMark } from '../layout/standing-mark.tsx'
import { paths } from '../paths.ts'
import type { Program } from '../program/program.ts'
import type { Rules } from '../program/versions.ts'
import { AwardStory, WhatKeepsIt } from './award-detail-views.tsx'
import { type HeldAward, isActive, type ShownStanding } from './certification-status.ts'
import { sealOf } from './seal-of.ts'
import { isEmeritusOn } from './standing.ts'
import type { Keeping } from './what-keeps.ts'

export type AwardProps = { t: Translate; program: Program; today: CalendarDate; award: HeldAward }
export type KeptAwardProps = AwardProps & { keepings: readonly Keeping[] }

/** With the rules of the days on which it was earned and renewed. */
export type JudgedAwardProps = AwardProps & { rules: Rules }

export function AwardItem(props: KeptAwardProps & JudgedAwardProps) {
  const { t, program, rules, today, award, keepings } = props
  const { certification, levelName, name, standing } = award
  return (
    <li class="award">
      <div class="award__seal">
        <Seal {...sealOf(program, certification)} muted={!isActive(award)} />
      </div>
      <div>
        <h3>
          {certification} {levelName && <span class="award__level">{levelName}</span>}
        </h3>
        {name !== certification && <p class="soft">{name}</p>}
        <p>
          <Standing t={t} standing={standing} />
        </p>
      </div>
      {isActive(award) && <Downloads t={t} award={award} />}
      <Facts t={t} award={award} today={today} />
      <div class="award__why">
        <WhatKeepsIt {...{ t, program, today, award, keepings }} />
        <AwardStory {...{ t, program, rules, today, award }} />
      </div>
    </li>
  )
}

function Standing({ t, standing }: { t: Translate; standing: ShownStanding }) {
  if (standing !== 'expiring') return <StandingMark t={t} standing={standing} />
  return <span class="standing standing--expiring">{t('certifications.standing.expiring')}</span>
}

function Downloads({ t, award: { id, certification } }: { t: Translate; award: HeldAward }) {
  return (
    <div class="award__act no-print">
      <a
        class="icon"
        href={paths.ecertificate(id)}
        aria-label={t('certifications.ecertificate.download', { certification })}
      >
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <path d="M6 3h8l4 4v14H6zM14 3v4h4M12 11v6m-3-3 3 3 3-3" />
        </svg>
        {t('certifications.ecertificate')}
      </a>
      <a
        class="icon"
        href={paths.logoPack(id)}
        aria-label={t('certifications.logo.download', { certification })}
      >
        <svg viewBox="0 0 24 24" aria-hidden="true">
          <circle cx="12" cy="9" r="6" />
          <path d="m8.5 14-1.5 7 5-3 5 3-1.5-7" />
        </svg>
        {t('certifications.logo')}
      </a>
    </div>
  )
}

function Facts({ t, award, today }: { t: Translate; award: HeldAward; today: CalendarDate }) {
  const { awardedOn, expiresOn, suspendedOn, revokedOn, emeritusOn, number, standing } = award
  const hasExpired = expiresOn !== null && expiresOn < today
  return (
    <dl class="award__facts">
      <div>
        <dt>{t('certifications.awarded')}</dt>
        <dd>
          <DateOnly t={t} date={awardedOn} />
        </dd>
      </div>
      <div>
        <dt>{t(hasExpired ? 'certifications.expired' : 'certifications.expires')}</dt>
        <dd>
          {expiresOn === null ? (
            t('certifications.never-expires')
          ) : (
            <DateWithDistance t={t} date={expiresOn} today={today} />
          )}
        </dd>
      </div>
      {standing === 'suspended' && suspendedOn && (
        <div>
          <dt>{t('certifications.suspended')}</dt>
          <dd>
            <DateOnly t={t} date={suspendedOn} />
          </dd>
        </div>
      )}
      {standing === 'revoked' && revokedOn && (
        <div>
          <dt>{t('certifications.revoked')}</dt>
          <dd>
            <DateOnly t={t} date={revokedOn} />
          </dd>
        </div>
      )}
      {emeritusOn && isEmeritusOn(today, award) && (
        <div>
          <dt>{t('certifications.emeritus')}</dt>
          <dd>
            <DateOnly t={t} date={emeritusOn} />
          </dd>
        </div>
      )}
      <div>
        <dt>{t('certifications.number')}</dt>
        <dd class="number">{number}</dd>
      </div>
    </dl>
  )
}
