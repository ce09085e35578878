using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using OpenTelemetry;

// A host that starts, so that the app's composition can be tested; no Functions host can call it.
namespace Microsoft.Azure.Functions.Worker.Builder
{
    public class FunctionsApplicationBuilder
    {
        private readonly WebApplicationBuilder _builder;
        internal FunctionsApplicationBuilder(string[] args) => _builder = WebApplication.CreateBuilder(args);
        public ConfigurationManager Configuration => _builder.Configuration;
        public IServiceCollection Services => _builder.Services;
        public ILoggingBuilder Logging => _builder.Logging;
        public IHost Build() => _builder.Build();
    }
    public class FunctionsApplication
    {
        public static FunctionsApplicationBuilder CreateBuilder(string[] args) => new(args);
    }
    public static class FunctionsApplicationBuilderAspNetCoreExtensions
    {
        public static FunctionsApplicationBuilder ConfigureFunctionsWebApplication(this FunctionsApplicationBuilder builder) => builder;
    }
}

namespace Microsoft.Azure.Functions.Worker.OpenTelemetry
{
    public static class ConfigureFunctionsOpenTelemetry
    {
        public static IOpenTelemetryBuilder UseFunctionsWorkerDefaults(this IOpenTelemetryBuilder builder) => builder;
    }
}
