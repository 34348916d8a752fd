import { paths } from '../paths.ts'
import { type Chrome, Page } from './page.tsx'

export type ErrorPageKind = 'not-found' | 'forbidden' | 'too-many' | 'bad-request' | 'unexpected'

export function ErrorPage({ chrome, kind }: { chrome: Chrome; kind: ErrorPageKind }) {
  const { t } = chrome
  return (
    <Page chrome={chrome} title={t(`error.${kind}.title`)} noindex>
      <div class="head">
        <h1>{t(`error.${kind}.title`)}</h1>
        <p>{t(`error.${kind}.text`)}</p>
      </div>
      <p>
        <a href={paths.home}>{t('error.not-found.home')}</a>
      </p>
    </Page>
  )
}
