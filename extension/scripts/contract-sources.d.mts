import type Ajv2020 from "ajv/dist/2020";

export declare const VALIDATORS: Readonly<Record<string, string>>;
export declare function readSchemas(): Record<string, Record<string, unknown>>;
export declare function createAjv(): InstanceType<typeof Ajv2020>;
export declare function typesSource(): Promise<string>;
export declare function validatorsSource(): Promise<string>;
