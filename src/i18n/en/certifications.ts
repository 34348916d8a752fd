export const certifications = {} as const
