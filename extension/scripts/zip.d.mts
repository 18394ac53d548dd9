export declare function zip(files: readonly (readonly [string, Buffer])[]): Buffer;
