# The programs as images: docker build --target chat-host|worker|console .
# docker-compose.yml builds and runs them together.

FROM mcr.microsoft.com/dotnet/sdk:10.0-noble AS build
WORKDIR /source
ENV DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1

# Packages are restored before the sources are copied: a change of code alone does not fetch them again.
COPY Directory.Build.props Directory.Packages.props global.json ./
COPY src/Assistant.ChatHost/Assistant.ChatHost.csproj src/Assistant.ChatHost/
COPY src/Assistant.Console/Assistant.Console.csproj src/Assistant.Console/
COPY src/Assistant.Core/Assistant.Core.csproj src/Assistant.Core/
COPY src/Assistant.Documents/Assistant.Documents.csproj src/Assistant.Documents/
COPY src/Assistant.Embeddings/Assistant.Embeddings.csproj src/Assistant.Embeddings/
COPY src/Assistant.Generation/Assistant.Generation.csproj src/Assistant.Generation/
COPY src/Assistant.Hosting/Assistant.Hosting.csproj src/Assistant.Hosting/
COPY src/Assistant.Ingestion/Assistant.Ingestion.csproj src/Assistant.Ingestion/
COPY src/Assistant.Shell/Assistant.Shell.csproj src/Assistant.Shell/
COPY src/Assistant.Storage.Qdrant/Assistant.Storage.Qdrant.csproj src/Assistant.Storage.Qdrant/
COPY src/Assistant.Storage.Sqlite/Assistant.Storage.Sqlite.csproj src/Assistant.Storage.Sqlite/
RUN dotnet restore src/Assistant.ChatHost && dotnet restore src/Assistant.Ingestion && dotnet restore src/Assistant.Console

COPY .editorconfig ./
COPY src/ src/
RUN dotnet publish src/Assistant.ChatHost --configuration Release --no-restore --output /published/chat-host \
    && dotnet publish src/Assistant.Ingestion --configuration Release --no-restore --output /published/worker \
    && dotnet publish src/Assistant.Console --configuration Release --no-restore --output /published/console

# Chiseled images have no shell and no package manager. "extra" has ICU: without it words would silently be cut up otherwise.
# A program and its health check are found beside each other in /app; /work is where corpus and settings are mounted.
FROM mcr.microsoft.com/dotnet/aspnet:10.0-noble-chiseled-extra AS chat-host
COPY --from=build /published/chat-host /app
WORKDIR /work
ENV ASPNETCORE_HTTP_PORTS=5080
EXPOSE 5080
USER 1654:1654
HEALTHCHECK --interval=15s --timeout=10s --start-period=60s --retries=3 CMD ["dotnet", "/app/Assistant.ChatHost.dll", "--health", "live"]
ENTRYPOINT ["dotnet", "/app/Assistant.ChatHost.dll"]

FROM mcr.microsoft.com/dotnet/runtime:10.0-noble-chiseled-extra AS worker
COPY --from=build /published/worker /app
WORKDIR /work
ENV Assistant__Ingestion__HealthFile=/tmp/worker-health
USER 1654:1654
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["dotnet", "/app/Assistant.Ingestion.dll", "--health"]
ENTRYPOINT ["dotnet", "/app/Assistant.Ingestion.dll"]
CMD ["--watch"]

FROM mcr.microsoft.com/dotnet/runtime:10.0-noble-chiseled-extra AS console
COPY --from=build /published/console /app
WORKDIR /work
USER 1654:1654
ENTRYPOINT ["dotnet", "/app/Assistant.Console.dll"]
