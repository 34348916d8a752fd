import type { Child } from 'hono/jsx'
import type { Translate } from '../i18n/messages.ts'
import { DateOnly, Instant } from '../layout/dates.tsx'
import type { CandidateRecord, Person } from './candidate-queries.ts'
import { RecordSection } from './section-views.tsx'

type Fact = { name: string; value: Child; from: Child }

/** What is known of the person, and who said so. */
export function PersonFacts({ t, person }: { t: Translate; person: Person }) {
  const feed = <FromFeed t={t} {...person} />
  const own = person.profileEditedAt ? (
    <OnDay t={t} text="console.from.candidate" at={person.profileEditedAt} />
  ) : (
    feed
  )
  const postal = [
    person.addressLine1,
    person.addressLine2,
    [person.postalCode, person.city].filter(Boolean).join(' '),
    person.region,
    person.country && new Intl.DisplayNames(t.locale, { type: 'region' }).of(person.country),
  ].filter(Boolean)
  const facts: Fact[] = [
    {
      name: t('console.person.name'),
      value: person.fullName,
      from: person.nameDecidedAt ? <OnDay t={t} text="console.from.staff" at={person.nameDecidedAt} /> : feed,
    },
    {
      name: t('console.person.native-name'),
      value: person.nativeName && <bdi>{person.nativeName}</bdi>,
      from: person.nativeNameEditedAt ? (
        <OnDay t={t} text="console.from.candidate" at={person.nativeNameEditedAt} />
      ) : (
        feed
      ),
    },
    {
      name: t('console.person.birth'),
      value: person.birthOn && <DateOnly t={t} date={person.birthOn} />,
      from: feed,
    },
    { name: t('console.person.postal'), value: postal.map((line) => <p>{line}</p>), from: own },
    { name: t('console.person.phone'), value: person.phone, from: own },
    { name: t('console.person.company'), value: person.company, from: own },
    { name: t('console.person.language'), value: person.locale, from: own },
    { name: t('console.person.zone'), value: person.timeZone, from: own },
  ]
  return (
    <section class="stack">
      <h2>{t('console.person')}</h2>
      <dl class="printed">
        {facts.map(({ name, value, from }) => {
          const isEmpty = value === null || value === '' || (Array.isArray(value) && value.length === 0)
          return (
            <div>
              <dt>{name}</dt>
              <dd>
                {isEmpty ? t('common.none') : value}
                {!isEmpty && <p class="soft">{from}</p>}
              </dd>
            </div>
          )
        })}
        <div>
          <dt>{t('console.person.agreement')}</dt>
          <dd>{person.agreedVersion ?? t('common.none')}</dd>
        </div>
        <div>
          <dt>{t('console.person.reviewed')}</dt>
          <dd>{person.reviewedAt ? <Instant t={t} at={person.reviewedAt} /> : t('common.none')}</dd>
        </div>
        <div>
          <dt>{t('console.person.since')}</dt>
          <dd>
            <Instant t={t} at={person.createdAt} />
          </dd>
        </div>
      </dl>
    </section>
  )
}

/** The vendor's file and the line in it. */
export function FromFeed({ t, delivery, line }: { t: Translate; delivery: string | null; line: number }) {
  return <>{t('console.from.feed', { delivery: delivery ?? t('console.from.unknown'), line })}</>
}

function OnDay({
  t,
  text,
  at,
}: {
  t: Translate
  text: 'console.from.staff' | 'console.from.candidate'
  at: Date
}) {
  return (
    <>
      {t(text)} <Instant t={t} at={at} />
    </>
  )
}

type RecordProps = { t: Translate; record: CandidateRecord; limit: number }

export function Addresses({ t, record: { addresses }, limit }: RecordProps) {
  return (
    <RecordSection
      t={t}
      title={t('console.addresses')}
      limit={limit}
      columns={[
        t('console.column.an-address'),
        t('console.column.state'),
        t('console.column.source'),
        t('console.column.added'),
      ]}
      rows={addresses.map((one) => [
        one.address,
        <>
          {one.isPrimary && <div>{t('console.addresses.primary')}</div>}
          {one.verifiedAt ? (
            <>
              {t('console.addresses.verified')} <Instant t={t} at={one.verifiedAt} />
            </>
          ) : (
            t('console.addresses.unverified')
          )}
        </>,
        t(`console.addresses.source.${one.source}`),
        // Those that were there before we noted it have no date.
        one.addedAt.getTime() > 0 ? <Instant t={t} at={one.addedAt} /> : t('console.unknown-date'),
      ])}
    />
  )
}

/** IDs and names from before a merge, and when the name was changed; the log holds no names. */
export function NameHistory({ t, record: { aliases, entries }, limit }: RecordProps) {
  const changes = entries.filter(({ action }) => action === 'name.changed')
  return (
    <RecordSection
      t={t}
      title={t('console.names')}
      limit={limit}
      columns={[t('console.column.what'), t('console.column.when')]}
      rows={[
        ...aliases.map((alias) => [
          t('console.names.merged', { id: alias.aliasId, name: alias.fullName }),
          <Instant t={t} at={alias.mergedAt} />,
        ]),
        ...changes.map(({ at, staffName }) => [
          staffName ? t('console.names.changed-by', { staff: staffName }) : t('console.names.changed'),
          <Instant t={t} at={at} />,
        ]),
      ]}
    />
  )
}
