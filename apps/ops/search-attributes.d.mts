export const SEARCH_ATTRIBUTES: Readonly<Record<string, 'Keyword' | 'Datetime' | 'Int' | 'Bool'>>;
export const NAMESPACE_RETENTION: string;
