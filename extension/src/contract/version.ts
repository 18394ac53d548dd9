/** The version of the contract that this extension speaks (`/v1/` on the wire). */
export const CONTRACT_VERSION = "1";
