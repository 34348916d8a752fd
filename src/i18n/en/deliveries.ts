export const deliveries = {
  'deliveries.menu': 'What vendors deliver',
  'deliveries.menu.deliveries': 'Deliveries',
  'deliveries.menu.quarantine': 'Quarantine',
  'deliveries.menu.reviews': 'Reviews',
  'deliveries.menu.late-results': 'Late results',
  'deliveries.menu.feeds': 'Feeds',
} as const
