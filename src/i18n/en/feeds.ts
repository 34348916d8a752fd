export const feeds = {
  'feeds.title': 'Feeds',
} as const
