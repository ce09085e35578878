using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.Hosting;
using Segue.Functions;

var builder = FunctionsApplication.CreateBuilder(args);
builder.ConfigureFunctionsWebApplication();
builder.Services
    .AddSegueAzure(builder.Configuration)
    .AddSegueProduct(builder.Configuration)
    .AddSegueTelemetry(builder.Configuration);
await builder.Build().RunAsync();
