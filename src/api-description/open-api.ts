/** As much of OpenAPI 3.1 as the description of this API uses. */
export type Schema =
  | { $ref: `#/components/schemas/${string}` }
  | {
      type?: string | readonly string[]
      description?: string
      format?: string
      pattern?: string
      enum?: readonly (string | null)[]
      items?: Schema
      anyOf?: readonly Schema[]
      properties?: Readonly<Record<string, Schema>>
      required?: readonly string[]
      minimum?: number
    }

export type Parameter = {
  name: string
  in: 'path' | 'query' | 'header'
  required: boolean
  description: string
  schema: Schema
}

export type Answer = {
  description: string
  headers?: Readonly<Record<string, { description: string; schema: Schema }>>
  content?: Readonly<Record<string, { schema: Schema }>>
}

export type Operation = {
  operationId: string
  summary: string
  description?: string
  tags: readonly string[]
  security?: readonly Readonly<Record<string, readonly string[]>>[]
  parameters?: readonly Parameter[]
  requestBody?: {
    required: boolean
    description: string
    content: Readonly<Record<string, { schema: Schema }>>
  }
  responses: Readonly<Record<string, Answer>>
}

export type PathItem = { get?: Operation; put?: Operation; post?: Operation }

export type OpenApiDocument = {
  openapi: '3.1.0'
  info: { title: string; version: string; description: string; license: { name: string; identifier: string } }
  servers: readonly { url: string }[]
  tags: readonly { name: string; description: string }[]
  paths: Readonly<Record<string, PathItem>>
  components: {
    schemas: Readonly<Record<string, Schema>>
    securitySchemes: Readonly<Record<string, { type: string; scheme: string; description: string }>>
  }
}

/** Properties that are all there in every answer; what is not known is null, never left out. */
export function object(properties: Readonly<Record<string, Schema>>, description?: string): Schema {
  return {
    type: 'object',
    ...(description !== undefined && { description }),
    properties,
    required: Object.keys(properties),
  }
}

export function json(description: string, schema: Schema): Answer {
  return { description, content: { 'application/json': { schema } } }
}

/** A refusal, as RFC 9457 has it. */
export function refusal(description: string): Answer {
  return {
    description,
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' } } },
  }
}
