/** Installs a folder's dependencies if they are not installed. Prints on stderr what it does. */
export function installDependencies(folder: string): Promise<boolean>;
