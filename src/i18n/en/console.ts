export const consolePages = {} as const
