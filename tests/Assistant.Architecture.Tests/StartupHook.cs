/// <summary>
/// Run by .NET at the start of a process that names this assembly in <c>DOTNET_STARTUP_HOOKS</c>: writes the name of every assembly that is
/// loaded, as it is loaded, to the file that <c>LOADED_ASSEMBLIES</c> names. .NET looks for this name without a namespace.
/// </summary>
internal static class StartupHook
{
    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable("LOADED_ASSEMBLIES") is { } path)
        {
            AppDomain.CurrentDomain.AssemblyLoad += (_, loaded) => File.AppendAllText(path, loaded.LoadedAssembly.GetName().Name + "\n");
        }
    }
}
