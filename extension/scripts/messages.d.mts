export declare const LANGUAGES: readonly string[];
export declare function mergedMessages(language: string): Record<string, { message: string; description?: string }>;
export declare function webMessages(language: string, areas: RegExp): Record<string, string>;
