/** The server's address, for permalinks. */
import { useEffect, useState } from "preact/hooks";
import { onSettingsChanged, readSettings } from "../settings-store";

export function useServerAddress(): string | null {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    void readSettings().then((settings) => setAddress(settings.serverAddress));
    onSettingsChanged((settings) => setAddress(settings.serverAddress));
  }, []);
  return address;
}
