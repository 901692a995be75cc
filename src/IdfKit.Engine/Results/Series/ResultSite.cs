namespace IdfKit.Engine;

/// <summary>Where an environment is simulated: the model's place, or that of the weather file.</summary>
/// <param name="LatitudeDegrees">North is positive.</param>
/// <param name="LongitudeDegrees">East is positive.</param>
/// <param name="TimeZoneHours">From Greenwich.</param>
/// <param name="ElevationMetres">Above the sea.</param>
public sealed record ResultSite(double LatitudeDegrees, double LongitudeDegrees, double TimeZoneHours, double ElevationMetres);
