import { factory } from '../core/app-env.ts'
import { paths } from '../paths.ts'
import { describeApi } from './description.ts'

const DESCRIPTION_TTL_S = 300

export const apiDescription = factory.createApp().get(paths.api.description, (c) =>
  c.json(describeApi(c.env.PUBLIC_ORIGIN), 200, {
    'cache-control': `public, max-age=${DESCRIPTION_TTL_S}`,
  }),
)
