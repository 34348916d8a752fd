import { Instant } from '../layout/dates.tsx'
import { type Chrome, Page } from '../layout/page.tsx'
import { Records } from '../layout/records.tsx'
import { paths } from '../paths.ts'
import type { AskedFor, RequestState } from './request.ts'

/** A request as its candidate sees it. */
export type OwnRequestFacts = AskedFor & {
  id: number
  state: RequestState
  createdAt: Date
  decidedAt: Date | null
  reason: string | null
}

type RequestsPageProps = { chrome: Chrome; requests: readonly OwnRequestFacts[] }

export function RequestsPage({ chrome, requests }: RequestsPageProps) {
  const { t } = chrome
  return (
    <Page chrome={chrome} title={t('requests.title')} section="profile">
      <div class="head">
        <h1>{t('requests.title')}</h1>
        <p>{t('requests.intro')}</p>
      </div>
      {requests.length === 0 ? (
        <div class="empty">
          <p>{t('requests.empty')}</p>
        </div>
      ) : (
        <Records
          caption={t('requests.caption')}
          columns={[
            t('requests.column.request'),
            t('requests.column.sent'),
            t('requests.column.state'),
            t('requests.column.ended'),
          ]}
          rows={requests.map((request) => [
            <>
              <a href={paths.request(request.id)}>{t(`requests.kind.${request.kind}`)}</a>
              {request.kind === 'other' && <div class="soft">{request.details.subject}</div>}
            </>,
            <Instant t={t} at={request.createdAt} />,
            t(`requests.state.${request.state}`),
            request.decidedAt ? <Instant t={t} at={request.decidedAt} /> : t('requests.undecided'),
          ])}
        />
      )}
      <p>
        <a class="button" href={paths.newRequest}>
          {t('requests.new')}
        </a>
      </p>
    </Page>
  )
}
